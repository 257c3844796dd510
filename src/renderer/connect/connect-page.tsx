import { type ReactElement, useState } from 'react'
import type { LinkState } from '../../shared/app-state.ts'
import { useAppState } from '../hooks.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignedIn } from './signed-in.tsx'
import './connect.css'

const wantsForm: ReadonlySet<LinkState> = new Set(['signedOut', 'signInNeeded'])

/** Where a person signs in, or sees as whom they are signed in. */
export function ConnectPage(): ReactElement {
  const { link, profile } = useAppState()
  // The link changes while the form still waits for its answer; the form stays until it has it.
  const [isSubmitting, setSubmitting] = useState(false)
  const isForm = isSubmitting || profile === null || wantsForm.has(link)
  return (
    <div className="connect-page">
      {isForm ? (
        <SignInForm profile={profile} isExpired={link === 'signInNeeded'} onSubmitting={setSubmitting} />
      ) : (
        <SignedIn profile={profile} link={link} />
      )}
    </div>
  )
}
