import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { mustRun, StepFailed } from './steps.ts'

/** What must be there, and the Debian package that brings it, newest name first. */
interface Need {
  readonly kind: 'library' | 'command'
  /** As the linker knows the library, or as the command is called. */
  readonly name: string
  readonly packages: readonly [string, ...string[]]
}

/**
 * Electron's own libraries, and what a test needs to have a display and a session bus of its own.
 * Debian 13 and Ubuntu 24.04 renamed some (64-bit time); Ubuntu's apt refuses the old name of libasound2.
 */
const needs: readonly Need[] = [
  { kind: 'library', name: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { kind: 'library', name: 'libnss3.so', packages: ['libnss3'] },
  { kind: 'library', name: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { kind: 'library', name: 'libgbm.so.1', packages: ['libgbm1'] },
  // Loaded when the first notification is shown: without it none is, and nothing fails.
  { kind: 'library', name: 'libnotify.so.4', packages: ['libnotify4'] },
  { kind: 'command', name: 'Xvfb', packages: ['xvfb'] },
  { kind: 'command', name: 'xauth', packages: ['xauth'] },
  { kind: 'command', name: 'dbus-run-session', packages: ['dbus'] },
  { kind: 'command', name: 'dbus-launch', packages: ['dbus-x11'] },
  // A keychain for the tests of staying signed in; Electron loads the library when it is told to use one.
  { kind: 'library', name: 'libsecret-1.so.0', packages: ['libsecret-1-0'] },
  { kind: 'command', name: 'gnome-keyring-daemon', packages: ['gnome-keyring'] },
]

/** How `ldconfig -p` marks libraries of the processor that we run on; others don't count (32-bit ones on x64). */
const linkerNames: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86-64', arm64: 'AArch64' }

/** The libraries in the output of `ldconfig -p` that a process of this processor can load. */
export const loadableLibraries = (linkerCache: string, arch: NodeJS.Architecture): ReadonlySet<string> => {
  const mark = linkerNames[arch] ?? ''
  const entries = linkerCache.matchAll(/^\s*(?<name>\S+) \((?<kind>[^)]*)\) => /gm)
  const names = [...entries].flatMap(({ groups }) =>
    groups?.['name'] !== undefined && groups['kind']?.includes(mark) === true ? [groups['name']] : [],
  )
  return new Set(names)
}

/** The needs that are not met, asked of the libraries and commands themselves: how they came here doesn't matter. */
export const missingNeeds = (
  libraries: ReadonlySet<string>,
  hasCommand: (command: string) => boolean,
): readonly Need[] =>
  needs.filter(({ kind, name }) => !(kind === 'library' ? libraries.has(name) : hasCommand(name)))

/** The packages to install for them: of each the first name that this system's apt knows, or else the oldest name. */
export const packageNames = (
  missing: readonly Need[],
  isKnown: (packageName: string) => boolean,
): readonly string[] =>
  missing.flatMap(({ packages }) => packages.find(isKnown) ?? packages.at(-1) ?? packages[0])

/** Whether one of the folders in `searchPath` (a PATH) holds this command. */
export const commandExists = (command: string, searchPath: string): boolean =>
  searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** Empty where there is no such cache to ask (musl, NixOS): then every library counts as missing. */
const linkerCache = (): string => {
  // Debian's ldconfig is in /sbin, which is not on everybody's PATH.
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/sbin:/usr/sbin` }
  try {
    return execFileSync('ldconfig', ['-p'], { encoding: 'utf8', env })
  } catch {
    return ''
  }
}

const missingHere = (): readonly Need[] =>
  missingNeeds(loadableLibraries(linkerCache(), process.arch), (command) =>
    commandExists(command, process.env['PATH'] ?? ''),
  )

/** Whether apt could install it now; a name that others merely provide has no candidate. */
const aptKnows = (packageName: string): boolean => {
  const env = { ...process.env, LC_ALL: 'C' }
  const policy = execFileSync('apt-cache', ['policy', packageName], { encoding: 'utf8', env })
  return /^ {2}Candidate: (?!\(none\))/m.test(policy)
}

/**
 * Sees to it that Electron can show windows and notifications and that tests get a display: on Debian and its
 * kin root installs what is missing, others are told the one command. macOS and Windows need nothing.
 * @throws StepFailed if something is missing and was not installed
 */
export const ensureSystemPackages = async (): Promise<void> => {
  if (process.platform !== 'linux') return
  const missing = missingHere()
  if (missing.length === 0) return
  if (!existsSync('/usr/bin/apt-get')) {
    const wanted = missing.map(({ name }) => name).join(', ')
    const debianNames = packageNames(missing, () => false).join(' ')
    throw new StepFailed(`Missing on this system: ${wanted} (in Debian the packages ${debianNames}).`)
  }
  if (process.getuid?.() !== 0) {
    const names = packageNames(missing, aptKnows).join(' ')
    throw new StepFailed(
      `System packages are missing; install them with: sudo apt-get update && sudo apt-get install -y ${names}`,
    )
  }
  await installWithApt(missing)
}

const installWithApt = async (missing: readonly Need[]): Promise<void> => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, outputToStderr: true }
  await mustRun('apt-get', ['update', '-q'], options)
  const names = packageNames(missing, aptKnows)
  await mustRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], options)
  const stillMissing = missingHere()
  if (stillMissing.length === 0) return
  throw new StepFailed(
    `apt-get ran, but these are still missing: ${packageNames(stillMissing, aptKnows).join(' ')}`,
  )
}
