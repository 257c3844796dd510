/** What a variable's name is made of. */
export const variableNamePattern = /^[A-Za-z_]\w*$/u
/** In UTF-16 units, as the longest value is. */
export const longestName = 100
export const longestValue = 10_000
/** More than any workflow has. */
export const mostVariables = 100
