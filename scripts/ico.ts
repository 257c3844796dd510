/** A square picture of `size` pixels. */
export interface Raster {
  readonly size: number
  readonly png: Buffer
  /** RGBA, the colours multiplied by alpha. */
  readonly pixels: Buffer
}

const directoryHeaderBytes = 6
const directoryEntryBytes = 16
const bitmapHeaderBytes = 40

/**
 * One .ico of several sizes. As Windows' own tools do it: 256 px as PNG, everything smaller as a bitmap, since
 * some readers (GDI+, older installers) take PNG in no other size.
 */
export const packIco = (rasters: readonly Raster[]): Buffer => {
  const images = rasters.map((raster) => (raster.size === 256 ? raster.png : bitmap(raster)))
  const header = Buffer.alloc(directoryHeaderBytes)
  header.writeUInt16LE(1, 2) // Icon, not cursor.
  header.writeUInt16LE(rasters.length, 4)
  let offset = directoryHeaderBytes + directoryEntryBytes * rasters.length
  const entries = rasters.map(({ size }, index) => {
    const bytes = images[index]?.length ?? 0
    const entry = directoryEntry(size, bytes, offset)
    offset += bytes
    return entry
  })
  return Buffer.concat([header, ...entries, ...images])
}

const directoryEntry = (size: number, bytes: number, offset: number): Buffer => {
  const entry = Buffer.alloc(directoryEntryBytes)
  // One byte each: 256 is written as 0.
  entry.writeUInt8(size % 256, 0)
  entry.writeUInt8(size % 256, 1)
  entry.writeUInt16LE(1, 4) // Planes.
  entry.writeUInt16LE(32, 6) // Bits a pixel.
  entry.writeUInt32LE(bytes, 8)
  entry.writeUInt32LE(offset, 12)
  return entry
}

/** A bitmap as .ico holds it: twice the height, rows from the bottom, then the transparency mask (unused: we have alpha). */
const bitmap = ({ size, pixels }: Raster): Buffer => {
  const header = Buffer.alloc(bitmapHeaderBytes)
  header.writeUInt32LE(bitmapHeaderBytes, 0)
  header.writeInt32LE(size, 4)
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12) // Planes.
  header.writeUInt16LE(32, 14) // Bits a pixel.
  const mask = Buffer.alloc(size * Math.ceil(size / 32) * 4)
  const rows = Array.from({ length: size }, (_, row) => bgraRow(pixels, (size - 1 - row) * size * 4, size))
  return Buffer.concat([header, ...rows, mask])
}

/** From RGBA multiplied by its alpha, as the rasteriser has it, to plain BGRA. */
const bgraRow = (pixels: Buffer, start: number, size: number): Buffer => {
  const row = Buffer.alloc(size * 4)
  for (let at = 0; at < row.length; at += 4) {
    const alpha = pixels.readUInt8(start + at + 3)
    if (alpha === 0) continue
    const plain = (channel: number): number =>
      Math.round((pixels.readUInt8(start + at + channel) * 255) / alpha)
    row.set([plain(2), plain(1), plain(0), alpha], at)
  }
  return row
}
