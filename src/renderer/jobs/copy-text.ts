/**
 * Puts a text on the clipboard; false where it could not. By the browser's own copy command, which a person's click
 * permits: pages have no permissions here, and `navigator.clipboard` asks for one.
 */
export function copyText(text: string): boolean {
  let isSet = false
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    event.clipboardData?.setData('text/plain', text)
    isSet = true
  }
  document.addEventListener('copy', onCopy, { capture: true, once: true })
  // oxlint-disable-next-line typescript/no-deprecated -- deprecated, and without a successor that needs no permission
  const isDone = document.execCommand('copy')
  document.removeEventListener('copy', onCopy, { capture: true })
  return isDone && isSet
}
