import { type Call, findWorkflow, readable } from './call.ts'
import { jsonAnswer, type SimAnswer, serverError, textAnswer } from './requests.ts'
import { launchTypes, type SimTask, type SimWorkflow } from './workflows.ts'

/** The definition of a workflow as XML, in a JSON string. */
export const xmlDefinition = (call: Call): SimAnswer => ofDefinition(call, xmlOf)

/** The same as JSON. */
export const jsonDefinition = (call: Call): SimAnswer => ofDefinition(call, jsonOf)

/** Its tasks alone. */
export const tasks = (call: Call): SimAnswer => ofDefinition(call, tasksOf)

function ofDefinition(call: Call, read: (workflow: SimWorkflow) => unknown): SimAnswer {
  const found = findWorkflow(call, call.places[0])
  if (found === 'notANumber') return serverError
  if (found === 'unknown' || !readable(call, found.workflow)) return textAnswer('')
  return jsonAnswer(read(found.workflow))
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

const settingXml = ([name, value]: readonly [string, string]): string =>
  `<Setting name="${escaped(name)}" value="${escaped(value)}" />`

/** The settings that a definition names; what is usual it leaves out. */
function settingsOf(workflow: SimWorkflow): [string, string][] {
  const { launchType, cronExpression, period, isEnabled, isApproval, enableParallelJobs } = workflow
  const settings: [string, string][] = [['launchType', launchType]]
  if (cronExpression !== null) settings.push(['cronExpression', cronExpression])
  if (launchType === 'periodic') settings.push(['period', period])
  settings.push(['enabled', String(isEnabled)])
  if (isApproval) settings.push(['approval', 'true'])
  if (!enableParallelJobs) settings.push(['enableParallelJobs', 'false'])
  return settings
}

function xmlOf(workflow: SimWorkflow): string {
  const { id, name, description, variables } = workflow
  const variablesXml = Object.entries(variables).map(
    ([variable, value]) => `<Variable name="${escaped(variable)}" value="${escaped(value)}" />`,
  )
  return [
    `<Workflow xmlns="urn:wexflow-schema" id="${id}" name="${escaped(name)}" description="${escaped(description)}">`,
    `<Settings>${settingsOf(workflow).map(settingXml).join('')}</Settings>`,
    `<LocalVariables>${variablesXml.join('')}</LocalVariables>`,
    `<Tasks>${workflow.tasks.map(taskXml).join('')}</Tasks>`,
    '</Workflow>',
  ].join('')
}

function taskXml({ name, description, settings }: SimTask, place: number): string {
  const head = `<Task id="${place + 1}" name="${escaped(name)}" description="${escaped(description)}" enabled="true">`
  return `${head}${Object.entries(settings).map(settingXml).join('')}</Task>`
}

function jsonOf(workflow: SimWorkflow): object {
  return {
    WorkflowInfo: {
      Id: workflow.id,
      Name: workflow.name,
      FilePath: null,
      LaunchType: launchTypes.indexOf(workflow.launchType),
      IsEnabled: workflow.isEnabled,
      IsApproval: workflow.isApproval,
      EnableParallelJobs: workflow.enableParallelJobs,
      Description: workflow.description,
      // Without the days that every other answer begins with.
      Period: workflow.period.replace(/^00\./, ''),
      CronExpression: workflow.cronExpression,
      RetryCount: 0,
      RetryTimeout: 1500,
      LocalVariables: Object.entries(workflow.variables).map(([Key, Value]) => ({ Key, Value })),
      Status: 'Pending',
    },
    Tasks: tasksOf(workflow),
    ExecutionGraph: null,
  }
}

function tasksOf({ tasks: all }: SimWorkflow): object[] {
  return all.map(({ name, description, settings }, place) => ({
    Id: place + 1,
    Name: name,
    Description: description,
    IsEnabled: true,
    Settings: Object.entries(settings).map(([Name, Value]) => ({ Name, Value, Attributes: [] })),
  }))
}
