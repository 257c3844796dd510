import type { CommandHandlers } from '../../src/shared/commands.ts'

const refuse = (): never => {
  throw new Error('not expected to be called')
}

/** Handlers for a test that calls none of them but those that it replaces. */
export const refusing: CommandHandlers = {
  signIn: refuse,
  serverCertificate: refuse,
  trustCertificate: refuse,
  chooseFile: refuse,
  showSignIn: refuse,
  signOut: refuse,
  renameServer: refuse,
  forgetServer: refuse,
  startWorkflow: refuse,
  readVariables: refuse,
  runAgain: refuse,
  removeJobs: refuse,
  restoreJobs: refuse,
  setFavourite: refuse,
  setWatch: refuse,
  refreshWorkflows: refuse,
  stopJob: refuse,
  suspendJob: refuse,
  resumeJob: refuse,
  approveJob: refuse,
  rejectJob: refuse,
  readHistory: refuse,
  countHistory: refuse,
  historyLog: refuse,
  jobLog: refuse,
  openWebManager: refuse,
  saveText: refuse,
  saveSettings: refuse,
  setStartAtLogin: refuse,
  mute: refuse,
  unmute: refuse,
  saveView: refuse,
  openLogFile: refuse,
  copyDiagnostics: refuse,
  showWindow: refuse,
  show: refuse,
  findWorkflow: refuse,
  openDeepLink: refuse,
  quit: refuse,
}
