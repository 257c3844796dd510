import { type ReactElement, useState } from 'react'
import { useAppState, useTexts } from '../hooks.ts'
import { useJobList } from '../jobs/list/use-job-list.ts'
import { ExportDialog, type ExportSource } from './export-dialog.tsx'
import { datedName } from './file-name.ts'
import { jobTable, listedJobs } from './job-table.ts'

/** Hands on the jobs of the list as it is at this moment. */
export function JobsExport({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTexts()
  const { servers } = useAppState()
  const { sections } = useJobList()
  const [source] = useState((): ExportSource => {
    const table = jobTable(listedJobs(sections), servers)
    return { id: 'listed', label: t('jobs.title'), read: async () => ({ table, isCut: false }) }
  })
  return <ExportDialog name={datedName('wexflow-jobs')} sources={[source]} onClose={onClose} />
}
