import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { thirdPartyNotices } from './scripts/third-party-notices.ts'

const notices = thirdPartyNotices({ notices: 'out/third-party-notices.txt', sbom: 'out/sbom.cdx.json' })

/**
 * Writes every character beyond ASCII as an escape. V8 keeps the source of what it has loaded, with two bytes for each
 * character as soon as one of them needs two: a tick in an error message of undici would take half a megabyte.
 */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle))
      if (part.type === 'chunk') part.code = part.code.replaceAll(/[^\0-\u007F]/g, escaped)
  },
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

// Everything is bundled: one file a process starts faster than a tree of modules, and the package needs no node_modules.
// The targets are those of the oldest Electron that the tests run on (33: Node 20.18, Chrome 130).
export default defineConfig({
  main: {
    plugins: [notices(), asciiOnly],
    build: {
      target: 'node20.18',
      minify: true,
      externalizeDeps: false,
      rolldownOptions: { input: 'src/main/index.ts' },
    },
  },
  preload: {
    plugins: [notices()],
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), notices(), asciiOnly],
    build: {
      target: 'chrome130',
      minify: true,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
