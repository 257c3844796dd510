import { chmodSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'
import { shells } from './src/cli/arguments.ts'
import { completionOf } from './src/cli/completion.ts'

const outDir = 'out/cli'
const file = 'wexflow-tray.mjs'

/** The completion of each shell, for packages that put it where that shell looks. */
const completions: Plugin = {
  name: 'completions',
  generateBundle() {
    for (const shell of shells)
      this.emitFile({ type: 'asset', fileName: `completion.${shell}`, source: completionOf(shell) })
  },
}

// The command line as one file, which any Node from 20.18 on runs by itself. What it bundles of others main bundles as
// well: their notices are in that build's file.
export default defineConfig({
  publicDir: false,
  plugins: [{ name: 'executable', closeBundle: () => chmodSync(`${outDir}/${file}`, 0o755) }, completions],
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir,
    target: 'node20.18',
    minify: true,
    rolldownOptions: {
      output: { entryFileNames: file, codeSplitting: false, banner: '#!/usr/bin/env node' },
    },
  },
})
