import { describe, expect, test } from 'vitest'
import { openInBrowser } from '../../../src/main/platform/browser.ts'

/** A system that notes what it is to open. */
function system(problem: Error | null = null) {
  const opened: string[] = []
  const openExternal = async (address: string): Promise<void> => {
    if (problem !== null) throw problem
    opened.push(address)
  }
  return { opened, openExternal }
}

describe('opening an address in the browser', () => {
  test.each(['http://wexflow:8000/admin/history.html', 'https://wexflow/admin/manager.html'])(
    '%s is handed to the system',
    async (address) => {
      const shell = system()
      await openInBrowser(shell, address)
      expect(shell.opened).toEqual([address])
    },
  )

  test.each([
    'file:///etc/passwd',
    'smb://wexflow/share',
    'javascript:alert(1)',
    'ms-settings:',
    'calculator',
    '',
  ])('%s is not', async (address) => {
    const shell = system()
    await expect(openInBrowser(shell, address)).rejects.toThrow('no browser is for')
    expect(shell.opened).toEqual([])
  })

  test('where nothing opens it is a failure', async () => {
    await expect(openInBrowser(system(new Error('no application')), 'http://wexflow/')).rejects.toThrow(
      'no application',
    )
  })
})
