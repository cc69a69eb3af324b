import { assertNever } from '../../../shared/assert.ts'
import type { Imported } from '../../state/documentImportStore.ts'
import type { PlanWork } from '../../state/planStore.ts'
import { runRoute } from '../../state/route.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

export type ImportOutcomeProps = { readonly work: PlanWork<Imported> }

/** The run that was made, as it was read back. */
export function ImportOutcome({ work }: ImportOutcomeProps) {
  const { go } = useNavigation()
  switch (work.kind) {
    case 'idle':
    case 'requested':
      return null
    case 'failed':
      return <ErrorPanel error={work.error} />
    case 'done': {
      const { ref, observed } = work.done
      return (
        <Banner
          tone={observed ? 'good' : 'warn'}
          icon={observed ? 'checkCircle' : 'alert'}
          actions={
            <Button size="s" icon="arrowRight" onClick={() => go(runRoute(ref.document))}>
              Open the imported run
            </Button>
          }
        >
          {observed
            ? 'Imported and read back: '
            : 'The run was written, and does not read back as it was shown. Look at it: '}
          <code>{ref.document}</code>
        </Banner>
      )
    }
    default:
      return assertNever(work)
  }
}
