import { assertNever } from '../../../shared/assert.ts'
import type { DocumentActionName, Route } from '../../state/route.ts'
import { views } from './views.ts'

/** What the window is called: the most telling first, because a task bar cuts the end. */
export function windowTitle(route: Route, workspace: string | null): string {
  return [subjectOf(route), workspace, 'Unstuck'].filter((part) => part !== null).join(' – ')
}

function subjectOf(route: Route): string {
  switch (route.kind) {
    case 'runs':
      return views.find(({ view }) => view === route.view)?.label ?? 'All runs'
    case 'run':
      return [route.document, route.step ?? route.checkpoint].filter(Boolean).join(' · ')
    case 'compare':
      return `Compare ${[route.left?.document, route.right?.document].filter(Boolean).join(' and ')}`.trim()
    case 'resume':
      return `Resume ${route.document}`
    case 'resumeMany':
      return 'Resume runs'
    case 'batches':
      return route.batch === null ? 'Batches' : `Batch ${route.batch}`
    case 'start':
      return 'Start a workflow'
    case 'edit':
      return `Edit ${route.document}`
    case 'editMany':
      return 'Edit runs'
    case 'repair':
      return `Repair ${route.document}`
    case 'migrate':
      return `Migrate ${route.document ?? 'old documents'}`
    case 'check':
      return 'Check'
    case 'document':
      return `${documentWords[route.action]} ${route.document}`
    case 'cleanup':
      return 'Clean up'
    case 'errors':
      return 'Errors'
    case 'operations':
      return route.run === null ? 'Operations' : `Operations on ${route.run}`
    case 'settings':
      return 'Settings'
    case 'hosts':
      return 'Hosts'
    default:
      return assertNever(route)
  }
}

const documentWords: { readonly [action in DocumentActionName]: string } = {
  edit: 'Edit',
  repair: 'Repair',
  migrate: 'Migrate',
  resume: 'Resume',
  import: 'Import',
}
