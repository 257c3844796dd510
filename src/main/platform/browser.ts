import type { Shell } from 'electron'

/** What may leave the app: anything else could start a program on this machine. */
const webProtocols: ReadonlySet<string> = new Set(['http:', 'https:'])

/** Opens an address in the person's browser. Rejects for one that is not of http or https, and where nothing opens it. */
export async function openInBrowser(shell: Pick<Shell, 'openExternal'>, address: string): Promise<void> {
  if (!URL.canParse(address) || !webProtocols.has(new URL(address).protocol))
    throw new Error('an address that no browser is for')
  await shell.openExternal(address)
}
