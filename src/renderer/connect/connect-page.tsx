import { type ReactElement, useState } from 'react'
import { useAppState, useShownServer, useShows } from '../hooks.ts'
import { SignInForm } from './sign-in-form.tsx'
import './connect.css'

/** Where a person signs in: anew to a server that is known, or to one more. */
export function ConnectPage(): ReactElement {
  const shows = useShows()
  return (
    <div className="connect-page">
      <Form key={shows} />
    </div>
  )
}

/** What changes of the servers while it is filled in changes nothing of the form: main shows another one for that. */
function Form(): ReactElement {
  const [server] = useState(useShownServer())
  const [isFirst] = useState(useAppState().servers.length === 0)
  return <SignInForm server={server} isFirst={isFirst} />
}
