/** Escape sequences of terminals: colours and cursor movements, window titles, and the short ones. */
// oxlint-disable-next-line no-control-regex -- they begin with one
const escapes = /[\u001B\u009B](?:\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|\[?[0-?]*[ -/]*[@-~])/gu

/** Ends of lines and tabs, where there is one line. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu

/**
 * What is drawn as nothing or disturbs what is drawn beside it: control characters, marks that turn the direction of
 * text and want another one to turn it back, marks of byte order and annotation, halves of surrogate pairs.
 */
const unprintable = /[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB\p{Surrogate}]/gu

/** Whether there is anything to clean; most texts have nothing. */
const dirt = /[\p{Cc}\u2028-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB\p{Surrogate}]/u

/** How much longer than what is kept of it a text may be before it is cleaned: escape sequences take room. */
const roomForDirt = 8

/**
 * Text from outside as one line that can be stored, sent and drawn anywhere: without escape sequences, control
 * characters and marks that turn the direction of what follows, and not longer than `most` UTF-16 units (a cut is not
 * marked, so that the text can still be searched for). What is clean already comes back as it is.
 */
export function cleanText(text: string, most: number): string {
  const start = text.length > most * roomForDirt ? text.slice(0, most * roomForDirt) : text
  const clean = dirt.test(start)
    ? start.replaceAll(escapes, '').replaceAll(breaks, ' ').replaceAll(unprintable, '')
    : start
  return clean.length > most ? withoutHalf(clean.slice(0, most)) : clean
}

/** A cut may have left half of a surrogate pair, or half of what is drawn as one character. */
const withoutHalf = (text: string): string => text.replace(/(?:[\uD800-\uDBFF]|\u200D)$/u, '')
