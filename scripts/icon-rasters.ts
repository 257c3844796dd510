import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { type IconState, iconStates } from '../src/main/tray/icon.ts'
import type { ToastPicture } from '../src/main/notify/toast-icon.ts'
import { toldPhases } from '../src/shared/told-phase.ts'
import { outcomes } from '../src/shared/outcome.ts'
import { packIco, type Raster } from './ico.ts'

/** The folder of the sources (`source/`) and of everything that is made from them. */
export const assetsFolder = path.resolve(import.meta.dirname, '../assets')

/** Which drawing, how large in pixels, and which part of that stays empty on each side. */
interface Picture {
  readonly source: string
  readonly size: number
  readonly margin?: number
}

/** One pixel of 22: the space that Linux panels expect within an icon. */
const panelMargin = 1 / 22
/** Apple's grid for app icons: 824 of 1024 pixels are the tile. */
const appleMargin = 100 / 1024
/** Up to this size in pixels the app's icon is the tray's bolder drawing. */
const largestBold = 24

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 20, 24, 32, 48, 64, 128, 256]
const windowsTraySizes = [16, 20, 24, 32]
/** Desktops draw it at 32 to 64 pixels, on dense screens at twice that. */
const toastSize = 128

const app = (size: number): Picture => ({ source: size <= largestBold ? 'tray/idle.svg' : 'app.svg', size })

/** Draws one picture from its source under assets/source. */
export const draw = ({ source, size, margin = 0 }: Picture): Raster => {
  const drawing = readFileSync(path.join(assetsFolder, 'source', source), 'utf8')
  const edge = size * margin
  const inner = size - 2 * edge
  // An SVG inside an SVG keeps its own coordinates, so the sources need not know about margins.
  const placed = drawing.replace('<svg', `<svg x="${edge}" y="${edge}" width="${inner}" height="${inner}"`)
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${placed}</svg>`
  const image = new Resvg(frame, { font: { loadSystemFonts: false } }).render()
  return { size, png: image.asPng(), pixels: image.pixels }
}

/** A generated file: its path below assets/ and how its bytes are made. */
interface IconFile {
  readonly file: string
  readonly bytes: () => Buffer
}

const png = (file: string, picture: Picture): IconFile => ({ file, bytes: () => draw(picture).png })
const ico = (file: string, pictures: readonly Picture[]): IconFile => ({
  file,
  bytes: () => packIco(pictures.map(draw)),
})

const trayFiles = (state: IconState): readonly IconFile[] => {
  const template = `template/${state}.svg`
  const source = `tray/${state}.svg`
  return [
    png(`tray/${state}Template.png`, { source: template, size: 16 }),
    png(`tray/${state}Template@2x.png`, { source: template, size: 32 }),
    ico(
      `tray/${state}.ico`,
      windowsTraySizes.map((size) => ({ source, size })),
    ),
    png(`tray/${state}.png`, { source, size: 22, margin: panelMargin }),
    png(`tray/${state}@1.5x.png`, { source, size: 33, margin: panelMargin }),
    png(`tray/${state}@2x.png`, { source, size: 44, margin: panelMargin }),
  ]
}

/** Every picture of a notification. */
export const toastPictures: readonly ToastPicture[] = [...outcomes, ...toldPhases, 'serverAway']

/** Every file that is made from the sources. */
export const iconFiles: readonly IconFile[] = [
  png('app/macos.png', { source: 'app.svg', size: 1024, margin: appleMargin }),
  ico('app/icon.ico', windowsSizes.map(app)),
  ...linuxSizes.map((size) => png(`app/linux/${size}x${size}.png`, app(size))),
  ...iconStates.flatMap(trayFiles),
  ...toastPictures.map((name) =>
    png(`toast/${name}.png`, {
      source: name === 'serverAway' ? 'tray/offline.svg' : `toast/${name}.svg`,
      size: toastSize,
    }),
  ),
]
