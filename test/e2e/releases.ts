import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

/** What is wrong with the file that is served: another one than was promised, or only half of it. */
type Fault = 'otherContent' | 'half'

/** A newer version, at an address of its own. */
export interface Releases {
  /** What the package of an app that is to find it has as its `app-update.yml`. */
  readonly configuration: string
  fault: Fault | null
  /** The faults that somebody has met. */
  readonly faultsServed: ReadonlySet<Fault>
  close(): Promise<void>
}

function send(response: ServerResponse, content: Buffer, fault: Fault | null): void {
  response.setHeader('Content-Length', content.length)
  if (fault === 'half') response.write(content.subarray(0, content.length / 2), () => response.destroy())
  else response.end(fault === 'otherContent' ? Buffer.alloc(content.length, 'x') : content)
}

/** Serves a release as electron-builder lays it out, on this machine. */
export async function serveReleases({
  version,
  appImage,
}: {
  readonly version: string
  readonly appImage: Buffer
}): Promise<Releases> {
  const file = `Wexflow-Tray-${version}.AppImage`
  const sha512 = createHash('sha512').update(appImage).digest('base64')
  const latest = [
    `version: ${version}`,
    'files:',
    `  - url: ${file}`,
    `    sha512: ${sha512}`,
    `    size: ${appImage.length}`,
    `path: ${file}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-26T00:00:00.000Z'",
    '',
  ].join('\n')
  const faultsServed = new Set<Fault>()
  let fault: Fault | null = null
  const server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/latest-linux.yml')) response.end(latest)
    else if (url.startsWith(`/${file}`)) {
      send(response, appImage, fault)
      if (fault !== null) faultsServed.add(fault)
    } else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    configuration: `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: wexflow-tray-updater\n`,
    get fault() {
      return fault
    },
    set fault(next) {
      fault = next
    },
    faultsServed,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
