import type { App, CustomScheme, Protocol } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import { prepareElectron } from '../../../src/main/window/before-ready.ts'
import { appScheme } from '../../../src/main/window/protocol.ts'

const silence = (): void => {}

/** What is said to Electron on this system before it is ready. */
function prepared(platform: NodeJS.Platform) {
  const switches: Record<string, string> = {}
  const schemes: CustomScheme[] = []
  const app = {
    commandLine: {
      appendSwitch: (name: string, value = ''): void => void (switches[name] = value),
      hasSwitch: () => false,
    },
    disableHardwareAcceleration: vi.fn<() => void>(),
    enableSandbox: vi.fn<() => void>(),
    on: vi.fn<() => void>(),
    setAppUserModelId: vi.fn<(id: string) => void>(),
    setActivationPolicy: vi.fn<(policy: string) => void>(),
  }
  const protocol = {
    registerSchemesAsPrivileged: (some: CustomScheme[]): void => void schemes.push(...some),
  }
  const log = { error: silence, warn: silence, info: silence, debug: silence }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of Electron's members those of this call are there
  prepareElectron(app as unknown as App, protocol as Protocol, platform, log)
  return { app, switches, schemes }
}

describe('before it is ready, Electron is told', () => {
  test('of the app’s own scheme, to sandbox its pages, and to need no process for the network', () => {
    const { app, switches, schemes } = prepared('linux')
    expect(schemes).toEqual([appScheme])
    expect(app.enableSandbox).toHaveBeenCalledOnce()
    expect(switches).toMatchObject({ 'enable-features': 'NetworkServiceInProcess2' })
    expect(app.setAppUserModelId).not.toHaveBeenCalled()
    expect(app.setActivationPolicy).not.toHaveBeenCalled()
  })

  test('on Linux, to load no graphics driver and none of its own in its place', () => {
    const { app, switches } = prepared('linux')
    expect(app.disableHardwareAcceleration).toHaveBeenCalledOnce()
    expect(switches).toHaveProperty('disable-software-rasterizer')
    const elsewhere = prepared('win32')
    expect(elsewhere.app.disableHardwareAcceleration).not.toHaveBeenCalled()
    expect(elsewhere.switches).not.toHaveProperty('disable-software-rasterizer')
  })

  test('on Windows, the id of the installer’s shortcut: it shows notifications of known apps only', () => {
    expect(prepared('win32').app.setAppUserModelId).toHaveBeenCalledWith('org.wexflow.tray')
  })

  test('on macOS, that the app has no place in the dock while it has no window', () => {
    expect(prepared('darwin').app.setActivationPolicy).toHaveBeenCalledWith('accessory')
  })
})
