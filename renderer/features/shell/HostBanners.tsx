import { useStore } from 'zustand'
import type { BatchFacts, HostFacts } from '../../../shared/contract/host.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'

/** Work that ended with an earlier host, and where things are not as that one remembered them, until they were seen. */
export function HostBanners() {
  const { facts, dismissProblem, dismiss } = useStore(useStores().host)
  const canDismiss = useStore(
    useStores().workspace,
    ({ workspace }) => workspace.kind === 'ready' && workspace.value.writable,
  )
  if (facts.kind !== 'ready') return null
  const sentences = sentencesOf(facts.value)
  if (sentences.length === 0) return null
  return (
    <Banner
      tone="warn"
      icon="alert"
      actions={
        canDismiss &&
        facts.value.stateFile?.use !== 'shared' && (
          <Button size="s" onClick={() => void dismiss()}>
            Dismiss
          </Button>
        )
      }
    >
      {[...(dismissProblem === null ? [] : [dismissProblem.message]), ...sentences].join(' ')}
    </Banner>
  )
}

function sentencesOf({ batches, differences, stateFile }: HostFacts): readonly string[] {
  const { total, shown } = differences
  const told = shown.slice(0, mostTold)
  const more = total - told.length
  return [
    ...(stateFile?.problem ? [stateFile.problem] : []),
    ...batches.shown.filter(({ state }) => state === 'cut').map(cutSentence),
    ...told.map(({ said, now }) => `${said} Now: ${now}`),
    ...(more > 0 ? [`${more} more are not as they were; unstuck host shows them.`] : []),
  ]
}

function cutSentence({ number, call, total, counts }: BatchFacts): string {
  const rest = [
    ...(counts.unfinished > 0 ? [`${counts.unfinished} begun, and to be looked at`] : []),
    ...(counts.failed + counts.stale > 0 ? [`${counts.failed + counts.stale} not done`] : []),
    ...(counts.notReached > 0 ? [`${counts.notReached} not reached`] : []),
  ]
  const did = `${counts.done} of ${total} done`
  return `${names[call] ?? call} was cut when its host ended (batch ${number}): ${[did, ...rest].join(', ')}.`
}

const names: Readonly<Record<string, string>> = {
  'migrate.apply': 'A migration',
  'migrate.rollback': 'A roll back',
  'cleanup.apply': 'A clean up',
  'cleanup.restore': 'A restore from the trash',
  'run.archive': 'An archiving',
  'run.unarchive': 'A bringing back from the archive',
  'bundle.import': 'An import from a bundle',
  'purge.apply': 'A deletion for good',
}

const mostTold = 2
