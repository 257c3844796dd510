import { type ReactElement, useState } from 'react'
import type { LinkState } from '../../shared/app-state.ts'
import { useShownServer } from '../hooks.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignedIn } from './signed-in.tsx'
import './connect.css'

const wantsForm: ReadonlySet<LinkState> = new Set(['signedOut', 'signInNeeded'])

/** Where a person signs in, or sees as whom they are signed in. */
export function ConnectPage(): ReactElement {
  const server = useShownServer()
  // The link changes while the form still waits for its answer; the form stays until it has it.
  const [isSubmitting, setSubmitting] = useState(false)
  const isForm = isSubmitting || server === null || wantsForm.has(server.link)
  return (
    <div className="connect-page">
      {isForm ? (
        <SignInForm
          server={server}
          isExpired={server?.link === 'signInNeeded'}
          onSubmitting={setSubmitting}
        />
      ) : (
        <SignedIn server={server} />
      )}
    </div>
  )
}
