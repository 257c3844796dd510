import type { ReactElement } from 'react'
import { bridge } from '../bridge.ts'
import { useTexts } from '../hooks.ts'

/** Signs out of a server. */
export function SignOutButton({ serverId }: { readonly serverId: string }): ReactElement {
  const { t } = useTexts()
  // Main logs a sign-out that fails; the state that it sends shows how it went.
  const signOut = (): void => void bridge.run({ kind: 'signOut', serverId }).catch(() => {})
  return (
    <button type="button" className="button" onClick={signOut}>
      {t('connect.signedIn.signOut')}
    </button>
  )
}
