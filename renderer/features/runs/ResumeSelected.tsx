import { isEmpty, type Selection } from '../../state/selection.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { countRuns } from './batchText.ts'

export type ResumeSelectedProps = {
  readonly selection: Selection
  readonly readOnly: string | null
}

/** Goes to where all of them are resumed together; what would be done with each is shown there first. */
export function ResumeSelected({ selection, readOnly }: ResumeSelectedProps) {
  const { notices } = useStores()
  const { go, route } = useNavigation()
  const resume = () => {
    const { notify } = notices.getState()
    const where = route.kind === 'runs' ? route : { view: 'all' as const, text: '' }
    const { view, text } = where
    if (selection.kind === 'query') {
      const except = [...selection.except.keys()]
      if (except.length > most)
        notify('warning', `${countRuns(except.length)} are too many to leave out.`)
      else go({ kind: 'resumeMany', view, text, runs: null, except })
    } else if (selection.rows.size > most)
      notify(
        'warning',
        `${countRuns(selection.rows.size)} are too many to name. Choose all that match instead.`,
      )
    else go({ kind: 'resumeMany', view, text, runs: [...selection.rows.keys()], except: [] })
  }
  return (
    <Button
      size="s"
      icon="play"
      aria-disabled={readOnly !== null || isEmpty(selection)}
      title={
        readOnly ?? 'Resume all of them, one as a canary first: shows first what would be done'
      }
      onClick={() => {
        if (readOnly === null) resume()
        else notices.getState().notify('warning', readOnly)
      }}
    >
      Resume…
    </Button>
  )
}

/** The address of the page names them all. */
const most = 2_000
