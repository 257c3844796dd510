/** `npm run deb-trial`: a deb is installed, used and removed as a person would, on this machine. Needs root. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build, execute, mustRun, script, StepFailed } from './steps.ts'
import { ensureSystemPackages } from './system-packages.ts'
import { packageForTests } from './test-package.ts'

const name = 'wexflow-tray'
const executable = `/opt/Wexflow Tray/${name}`
/** Where each shell looks for how a command is completed. */
const completions = {
  bash: `/usr/share/bash-completion/completions/${name}`,
  fish: `/usr/share/fish/vendor_completions.d/${name}.fish`,
  zsh: `/usr/share/zsh/vendor-completions/_${name}`,
}
/** What must be there while the package is installed. */
const installedFiles = [
  executable,
  `/usr/bin/${name}`,
  `/usr/share/applications/${name}.desktop`,
  `/usr/share/icons/hicolor/256x256/apps/${name}.png`,
  '/usr/share/metainfo/org.wexflow.tray.metainfo.xml',
  `/usr/share/doc/${name}/copyright`,
  ...Object.values(completions),
]

const outputOf = async (command: string, ...words: readonly string[]): Promise<string> =>
  (await execute(command, words, { env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 2 ** 24 })).stdout

const isInstalled = (): Promise<boolean> =>
  outputOf('dpkg-query', '-W', '-f', '${Status}', name).then(
    (status) => status === 'install ok installed',
    () => false,
  )

/** Makes the deb, with the Electron of the tests and a stand-in for fpm, which only a download would bring. */
async function makeDeb(folder: string): Promise<string> {
  await build()
  const standIn = path.join(import.meta.dirname, 'deb-trial/fpm.mjs')
  await packageForTests('deb', folder, { CUSTOM_FPM_PATH: standIn })
  return path.join(folder, `${name}-0.0.0-test-linux-amd64.deb`)
}

/** The installed package that a file is of; none where that is not known. */
async function packageOf(file: string): Promise<string[]> {
  // Debian's packages name some files by links that their folders have become since.
  const names = [file, file.replace(/^\/usr/u, '')]
  const found = await Promise.all(names.map((one) => outputOf('dpkg-query', '-S', one).catch(() => '')))
  return found.flatMap((line) => /^[^:,\s]+/u.exec(line)?.[0] ?? []).slice(0, 1)
}

/** The packages whose libraries the executable is linked with, and that installing ours would not bring. */
async function missingDependencies(): Promise<readonly string[]> {
  const linked = await outputOf('ldd', executable)
  const files = [...linked.matchAll(/ (?<file>\/\S+) \(/gu)].map(({ groups }) =>
    realpathSync(groups?.['file'] ?? ''),
  )
  const needed = (await Promise.all(files.map(packageOf))).flat()
  const none = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances']
  const tree = await outputOf(
    'apt-cache',
    'depends',
    '--recurse',
    ...none.map((kind) => `--no-${kind}`),
    name,
  )
  const brought = new Set(tree.split('\n').map((line) => line.replace(/^[\s|]*(?:\w+: )?/u, '')))
  return [...new Set(needed)].filter((one) => !brought.has(one) && one !== name)
}

/** The files and folders of the system that are called as the app is. */
const namedFiles = async (): Promise<readonly string[]> => {
  const folders = ['/etc', '/opt', '/usr', '/var']
  const found = await outputOf('find', ...folders, '-xdev', '-iname', '*wexflow*')
  return found.split('\n').filter((file) => file !== '')
}

/** Throws where the sentence holds. */
const refuse = (isSo: boolean, sentence: string): void => {
  if (isSo) throw new StepFailed(sentence)
}

async function use(): Promise<void> {
  const absent = installedFiles.filter((file) => !existsSync(file))
  refuse(absent.length > 0, `The package did not bring ${absent.join(', ')}.`)
  const missing = await missingDependencies()
  refuse(missing.length > 0, `The package does not depend on what it is linked with: ${missing.join(', ')}.`)
  const handler = await outputOf('xdg-mime', 'query', 'default', `x-scheme-handler/${name}`)
  refuse(handler.trim() !== `${name}.desktop`, `Links are opened by ${handler.trim() || 'nobody'}.`)
  for (const [shell, file] of Object.entries(completions)) {
    const said = await outputOf(name, '--no-sandbox', 'completion', shell)
    refuse(said !== readFileSync(file, 'utf8'), `${file} is not what the command says for ${shell}.`)
  }
  const env = { ...process.env, WEXFLOW_TRAY_EXECUTABLE: executable }
  await mustRun('npm', ['run', '--silent', 'e2e', '--', 'packaged'], { env })
}

await script(async () => {
  refuse(process.platform !== 'linux' || !existsSync('/usr/bin/dpkg'), 'A deb is for Debian and its kin.')
  refuse(process.getuid?.() !== 0, 'Run this as root: it installs a package and removes it again.')
  refuse(await isInstalled(), `${name} is installed here already, and this would remove it.`)
  const before = new Set(await namedFiles())
  const folder = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-trial-'))
  try {
    const file = path.resolve(process.argv[2] ?? (await makeDeb(folder)))
    await mustRun('apt-get', ['update', '-q'])
    await mustRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', file])
    try {
      // Only now, so that the package has to bring its own.
      await ensureSystemPackages()
      await use()
    } finally {
      await mustRun('apt-get', ['purge', '-y', '-q', name])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const left = (await namedFiles()).filter((file) => !before.has(file))
  refuse(left.length > 0, `The package left ${left.join(', ')}.`)
  console.log('The package was installed, used and removed.')
  return 0
})
