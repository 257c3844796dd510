import { beforeEach, expect, test } from 'vitest'
import { AppModel } from '../../../src/main/state/app-model.ts'
import { FileNotices } from '../../../src/main/state/file-notices.ts'

let model: AppModel
let fileNotices: FileNotices

beforeEach(() => {
  model = new AppModel()
  fileNotices = new FileNotices(model)
})

test('a damaged file is told by the name under which it is kept, without the folder', () => {
  fileNotices.onJobsProblem({ kind: 'damaged', keptAs: '/home/maria/.config/jobs.ndjson.damaged-1' })
  fileNotices.onSettingsProblem({ kind: 'damaged', keptAs: 'settings.json.damaged-1' })
  expect(model.state.notices).toEqual([
    { kind: 'jobsFileDamaged', detail: 'jobs.ndjson.damaged-1' },
    { kind: 'settingsFileDamaged', detail: 'settings.json.damaged-1' },
  ])
})

test('a file that can’t be written is told until it can be', () => {
  fileNotices.onSettingsProblem({ kind: 'cannotWrite', code: 'ENOSPC' })
  expect(model.state.notices).toEqual([{ kind: 'cannotRemember', detail: 'ENOSPC' }])
  fileNotices.onSettingsProblem(null)
  expect(model.state.notices).toEqual([])
})

test('one file that can be written again does not speak for the other', () => {
  fileNotices.onSettingsProblem({ kind: 'cannotWrite', code: 'EACCES' })
  fileNotices.onJobsProblem({ kind: 'cannotWrite', code: 'ENOSPC' })
  fileNotices.onSettingsProblem(null)
  expect(model.state.notices).toEqual([{ kind: 'cannotRemember', detail: 'ENOSPC' }])
  fileNotices.onJobsProblem(null)
  expect(model.state.notices).toEqual([])
})

test('that a file can be written again does not take back that it was damaged', () => {
  fileNotices.onJobsProblem({ kind: 'damaged', keptAs: 'x' })
  fileNotices.onJobsProblem({ kind: 'cannotWrite', code: 'ENOSPC' })
  fileNotices.onJobsProblem(null)
  expect(model.state.notices).toEqual([{ kind: 'jobsFileDamaged', detail: 'x' }])
})
