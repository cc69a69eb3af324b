import { assertNever } from '../shared/assert.ts'
import { BatchesPage } from './features/batches/BatchesPage.tsx'
import { BatchPage } from './features/batches/BatchPage.tsx'
import { ResumeManyPage } from './features/batches/ResumeManyPage.tsx'
import { ImportDialog } from './features/bundle/ImportDialog.tsx'
import { LockGate } from './features/bundle/LockGate.tsx'
import { CheckPage } from './features/check/CheckPage.tsx'
import { CleanupPage } from './features/cleanup/CleanupPage.tsx'
import { ComparePage } from './features/compare/ComparePage.tsx'
import { DocumentPage } from './features/document/DocumentPage.tsx'
import { EditManyPage } from './features/edit/EditManyPage.tsx'
import { EditPage } from './features/edit/EditPage.tsx'
import { ErrorsPage } from './features/errors/ErrorsPage.tsx'
import { ExportDialog } from './features/export/ExportDialog.tsx'
import { HostsPage } from './features/hosts/HostsPage.tsx'
import { MigratePage } from './features/migrate/MigratePage.tsx'
import { OperationsPage } from './features/operations/OperationsPage.tsx'
import { CommandPalette } from './features/palette/CommandPalette.tsx'
import { RepairPage } from './features/repair/RepairPage.tsx'
import { ResumePage } from './features/resume/ResumePage.tsx'
import { RunPage } from './features/run/RunPage.tsx'
import { RunsPage } from './features/runs/RunsPage.tsx'
import { SettingsPage } from './features/settings/SettingsPage.tsx'
import { DropTarget } from './features/shell/DropTarget.tsx'
import { Shell } from './features/shell/Shell.tsx'
import { WorkspaceGate } from './features/shell/WorkspaceGate.tsx'
import { StartPage } from './features/start/StartPage.tsx'
import { encodeRoute, type Route } from './state/route.ts'
import { useNavigation } from './state/useNavigation.ts'

export type AppProps = { readonly isDesktop: boolean }

export function App({ isDesktop }: AppProps) {
  const { route } = useNavigation()
  return (
    <LockGate>
      <Shell>
        <WorkspaceGate>
          <Page route={route} />
        </WorkspaceGate>
        <CommandPalette />
        <ExportDialog />
        <ImportDialog />
        <DropTarget opens={isDesktop ? 'anything' : 'bundles'} />
      </Shell>
    </LockGate>
  )
}

function Page({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'runs':
      return <RunsPage route={route} />
    case 'run':
      return <RunPage key={route.document} route={route} />
    case 'compare':
      return <ComparePage route={route} />
    case 'resume':
      return (
        <ResumePage
          key={route.document}
          document={route.document}
          from={route.from}
          step={route.step}
        />
      )
    case 'resumeMany':
      return <ResumeManyPage key={encodeRoute(route)} route={route} />
    case 'batches':
      return route.batch === null ? (
        <BatchesPage />
      ) : (
        <BatchPage key={route.batch} batch={route.batch} />
      )
    case 'start':
      return <StartPage definition={route.definition} />
    case 'edit':
      return <EditPage key={route.document} document={route.document} />
    case 'editMany':
      return <EditManyPage key={route.runs.join()} runs={route.runs} />
    case 'repair':
      return <RepairPage key={route.document} document={route.document} />
    case 'migrate':
      return <MigratePage document={route.document} />
    case 'check':
      return <CheckPage />
    case 'document':
      return <DocumentPage key={encodeRoute(route)} route={route} />
    case 'cleanup':
      return <CleanupPage tab={route.tab} />
    case 'errors':
      return <ErrorsPage route={route} />
    case 'operations':
      return <OperationsPage key={route.run} route={route} />
    case 'settings':
      return <SettingsPage text={route.text} />
    case 'hosts':
      return <HostsPage />
    default:
      return assertNever(route)
  }
}
