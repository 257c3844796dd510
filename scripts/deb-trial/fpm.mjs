#!/usr/bin/env node
// Stands in for fpm where electron-builder's own can't be downloaded: it makes a deb, with dpkg-deb, of exactly what
// electron-builder gives to fpm, and nothing else. For trials only: the package is not compressed. JavaScript, since
// electron-builder runs it by itself.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

const text = { type: 'string' }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    force: { type: 'boolean' },
    s: { ...text, short: 's' },
    t: { ...text, short: 't' },
    d: { ...text, short: 'd', multiple: true },
    'deb-recommends': { ...text, multiple: true },
    'deb-compression': text,
    'deb-priority': text,
    architecture: text,
    'after-install': text,
    'after-remove': text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    license: text,
    category: text,
  },
})
if (values.s !== 'dir' || values.t !== 'deb') throw new Error('Only a deb is made here, of folders.')

const folder = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-deb-'))
chmodSync(folder, 0o755)
try {
  for (const mapping of positionals) {
    const [from, to] = mapping.split('=')
    // A folder's content is put into the other, a file becomes the other.
    const target = path.join(folder, to)
    mkdirSync(path.dirname(target), { recursive: true })
    cpSync(from, target, { recursive: true, verbatimSymlinks: true })
  }
  const control = path.join(folder, 'DEBIAN')
  mkdirSync(control)
  for (const [name, file] of [
    ['postinst', values['after-install']],
    ['postrm', values['after-remove']],
  ]) {
    copyFileSync(file, path.join(control, name))
    chmodSync(path.join(control, name), 0o755)
  }
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    Priority: values['deb-priority'],
    Homepage: values.url,
    Depends: values.d.join(', '),
    Recommends: (values['deb-recommends'] ?? []).join(', '),
    Description: values.description,
  }
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}\n`] : []))
  writeFileSync(path.join(control, 'control'), lines.join(''))
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', folder, values.package])
} finally {
  rmSync(folder, { recursive: true })
}
