/** Letters that are read from right to left: Hebrew, Arabic and their neighbours. */
const fromRightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u

const alreadyIsolated = /^\u2068[^\u2068\u2069]*\u2069$/u

/**
 * A name in a text of ours: where it is read from right to left it stands between marks (FSI, PDI) that keep it from
 * turning what is around it, as parentheses, times and other names.
 */
export const isolated = (name: string): string =>
  fromRightToLeft.test(name) && !alreadyIsolated.test(name) ? `\u2068${name}\u2069` : name
