/** A text as a person reads it: without the marks that shield its words from each other's direction. */
export const asRead = (text: string): string => text.replaceAll(/[\u2068\u2069]/gu, '')
