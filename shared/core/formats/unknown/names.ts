// Names of keys that engines use, in lower case without separators: `started_at`, `StartedAt` and `started-at` are one.
import type { MappedField } from '../../../schema/unknownMapping.ts'

export function plainName(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** How well a name says that its value is this: the first names of a list are the plainest. Null: it does not. */
export function nameRank(field: MappedField, key: string): number | null {
  const rank = ranks.get(field)?.get(plainName(key))
  return rank ?? null
}

/** A name that says plainly that its value is a status, whatever the word is. */
export function isStatusName(key: string): boolean {
  return /(?:status|phase)$/.test(plainName(key))
}

const started =
  'startedat startdate starttime startedon started runstartedat startts begin begunat processedon start'
const finished =
  'finishedat finishdate finishtime finishedon finished completedat completiontime completedon completed enddate endtime endedat ended endts stoptime stopdate stoppedat closetime datedone end'
const errors =
  'errormessage error failedreason failurereason failuremessage failure exception cause traceback lasterror reason message'

const names: Record<MappedField, string> = {
  runs: 'runs workflowruns dagruns flowruns pipelineruns jobruns executions workflowexecutions instances workflowinstances processinstances workflows flows pipelines sessions threads',
  id: 'runid dagrunid flowrunid workflowrunid executionid executionarn threadid jobid taskid instanceid uid uuid correlationid id name key',
  workflow:
    'workflowname workflowid dagid flowname pipelinename pipeline statemachinearn workflowtype workflow flow flowid definition template displayname jobname name type kind',
  status:
    'conclusion status state statetype phase runstatus runstate jobstate workflowstatus executionstatus lifecycle outcome condition statename result stage',
  createdAt:
    'createdat created creationtimestamp createdate datecreated createtime submittedat queuedat queuedts scheduledat logicaldate executiondate timestamp ts',
  startedAt: started,
  updatedAt:
    'updatedat updated lastupdatedat lastupdated lastmodified modifiedat modified updatetime lastupdatetime heartbeatat timestamp ts',
  finishedAt: finished,
  error: errors,
  steps:
    'steps tasks nodes jobs activities stages taskinstances taskruns steps stepstates operations rundata phases items actions results states components children',
  versions: '',
  stepId:
    'stepid taskid nodeid activityid stepname taskname nodename activityname displayname name id key step task node label title',
  stepStatus:
    'conclusion status state statetype phase executionstatus taskstatus stepstatus outcome statename result',
  stepStartedAt: started,
  stepFinishedAt: finished,
  stepError: errors,
  stepOutput: 'output outputs result returnvalue returnedvalue response value data',
  current:
    'currentstep currentstepid currentstepname currentstepindex currenttask currenttaskid currentnode currentnodeid currentnodes currentactivity currentstage currentphase currentstate activestep activesteps activetask activenode activenodes runningstep runningtask failedstep failedtask failednode failedat lastnodeexecuted stepindex resumefrom current cursor position next nextstep nextsteps nexttask nextnode',
  needs:
    'dependencies dependson deps needs edges links connections graph taskdependencies stepdependencies',
  stepNeeds:
    'needs dependson dependencies deps requires upstream upstreamtaskids upstreamtasks predecessors after runafter waitsfor waitfor blockedby dependentnodes previous prev previousstep',
  stepNext:
    'next nexts nextstep nextsteps then downstream downstreamtaskids downstreamtasks successors children before onsuccess to',
}

const ranks: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries(names).map(([field, list]) => [
    field,
    new Map([...new Set(list.split(' '))].map((name, index) => [name, index])),
  ]),
)
