import { cleanText } from '../../../shared/clean-text.ts'

/** A piece of a line, and how the tool that wrote it wanted it to look: classes of `log.css`. */
export interface AnsiPiece {
  readonly text: string
  readonly className: string
}

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

interface Style {
  readonly colour: string
  readonly isBold: boolean
  readonly isUnderlined: boolean
}
const plain: Style = { colour: '', isBold: false, isUnderlined: false }

/** What chooses a colour and a look in a terminal; what moves the cursor or clears the screen is none. */
// oxlint-disable-next-line no-control-regex -- it begins with one
const look = /\u001B\[([\d;]*)m/u

const colourOf = (index: number): string => colours[index % 8] ?? ''

/** The colour of a palette of 256: of those beyond the first 16 none is sure to be legible here. */
const paletteColour = (index: number | undefined): string =>
  index === undefined || index > 15 ? '' : colourOf(index)

/** The style after the codes of one escape sequence. */
function styled(before: Style, codes: readonly number[]): Style {
  let style = before
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0
    if (code === 0) style = plain
    else if (code === 1) style = { ...style, isBold: true }
    else if (code === 22) style = { ...style, isBold: false }
    else if (code === 4) style = { ...style, isUnderlined: true }
    else if (code === 24) style = { ...style, isUnderlined: false }
    else if (code === 39) style = { ...style, colour: '' }
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97))
      style = { ...style, colour: colourOf((code - 30) % 60) }
    else if (code === 38 || code === 48) {
      // A colour of a palette has one number more, one of its own three.
      if (code === 38) style = { ...style, colour: codes[at + 1] === 5 ? paletteColour(codes[at + 2]) : '' }
      at += codes[at + 1] === 5 ? 2 : 4
    }
  }
  return style
}

const classOf = ({ colour, isBold, isUnderlined }: Style): string =>
  [
    ...(colour === '' ? [] : [`ansi-${colour}`]),
    ...(isBold ? ['ansi-bold'] : []),
    ...(isUnderlined ? ['ansi-underlined'] : []),
  ].join(' ')

/**
 * Cuts a line where its look changes, and cleans it of all that can't be drawn.
 * @param most the length that is drawn, in UTF-16 units
 */
export function ansiPieces(text: string, most: number): AnsiPiece[] {
  // Most lines have none.
  if (!text.includes('\u001B[')) return [{ text: cleanText(text, most), className: '' }]
  const parts = text.slice(0, 2 * most).split(look)
  const pieces: AnsiPiece[] = []
  let style = plain
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 1) {
      style = styled(style, part === '' ? [0] : part.split(';').map(Number))
      continue
    }
    const clean = cleanText(part, most)
    if (clean !== '') pieces.push({ text: clean, className: classOf(style) })
  }
  return pieces
}
