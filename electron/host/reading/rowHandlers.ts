import type { Handlers } from '../../../shared/contract/contract.ts'
import { planCleanupOf } from '../../services/planCleanupOf.ts'
import { checkRuns } from '../../services/checkRuns.ts'
import type { ServiceContext } from '../../services/context.ts'
import { countRuns, groupRuns } from '../../services/groupRuns.ts'
import { getError } from '../../services/errorDetail.ts'
import { listErrors } from '../../services/errorGroups.ts'
import { listForks } from '../../services/listForks.ts'
import { listOperations } from '../../services/listOperations.ts'
import { measureStorage } from '../../services/measureStorage.ts'
import { planMigrationOf } from '../../services/migrateDocuments.ts'
import { pastMigrations } from '../../services/pastMigrations.ts'
import { queryRuns } from '../../services/queryRuns.ts'
import { selectRuns } from '../../services/selectRuns.ts'

/** Calls that need every row of the workspace, or a log of all that was done in it; as in the host's own table. */
export function createRowHandlers(context: ServiceContext) {
  return {
    'run.list': (input, options) => queryRuns(context, input, options),
    'run.count': (input, options) => countRuns(context, input, options),
    'run.groups': (input, options) => groupRuns(context, input, options),
    'error.list': (input, options) => listErrors(context, input, options),
    'error.get': (input, options) => getError(context, input, options),
    'run.select': (input, options) => selectRuns(context, input, options),
    'run.checkAll': (input, options) => checkRuns(context, input, options),
    'run.forks': (input) => listForks(context, input),
    'storage.get': (_, options) => measureStorage(context, options),
    'operations.list': (input, options) => listOperations(context, input, options),
    'cleanup.plan': (input, options) => planCleanupOf(context, input, options),
    'migrate.past': (input, options) => pastMigrations(context, input, options),
    'migrate.plan': (input, options) => planMigrationOf(context, input, options),
  } satisfies Partial<Handlers>
}

export type RowCalls = Pick<Handlers, keyof ReturnType<typeof createRowHandlers>>
