/** Colours and cursor moves of a terminal, which tools write into their logs (ECMA-48: CSI, OSC and two-byte escapes). */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const terminalCodes = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/gu
/** Line breaks and tabs, which become a space. */
const whiteSpace = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu
/** Control characters, NUL among them, which D-Bus carries no text with. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controls = /[\u0000-\u001F\u007F-\u009F]/gu
/** What turns the direction of the text that comes after it, other words of ours included (UAX #9). */
const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
/** Half a character, as a text has that was cut by its UTF-16 units. */
const loneSurrogates = /\p{Surrogate}/gu

/**
 * One line of foreign text as any desktop can show it: without terminal codes, control characters, marks that turn the
 * direction of text, and halves of characters.
 */
export const plainText = (text: string): string =>
  text
    .replace(terminalCodes, '')
    .replace(whiteSpace, ' ')
    .replace(controls, '')
    .replace(directionMarks, '')
    .replace(loneSurrogates, '\uFFFD')

/** The text, cut between two characters where it has more than `longest` of them. */
export const cutTo = (longest: number, text: string): string => {
  // A character is two units at most: a text of a megabyte is not taken apart for its first line.
  const characters = Array.from(text.slice(0, 2 * longest + 2))
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`
}

/** Shields the words around a foreign text from the direction that it is written in (UAX #9: FSI and PDI). */
export const isolated = (text: string): string => `\u2068${text}\u2069`
