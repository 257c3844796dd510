import type { ReactElement } from 'react'
import { createRoot } from 'react-dom/client'

/** Nothing, as high as a list of ten thousand rows. */
const Empty = (): ReactElement => <main style={{ height: 480_000 }} />

const element = document.querySelector('#root')
if (element !== null) createRoot(element).render(<Empty />)
