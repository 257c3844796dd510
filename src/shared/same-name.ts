/** Whether two names of a workflow or a server are the same to a person, who may have typed one of them. */
export const isSameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()
