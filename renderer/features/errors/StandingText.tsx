import type { ErrorDetail } from '../../../shared/contract/errors.ts'
import type { ErrorTry } from '../../../shared/schema/errorGroup.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './ErrorsPage.module.css'

export type StandingTextProps = { readonly detail: ErrorDetail }

/** Why it stands as it does, in a sentence: with the run that got past it, or who said so. */
export function StandingText({ detail: { standing, said, tries } }: StandingTextProps) {
  const { state, again, solvedBy } = standing
  const decision = said === null || said.decision.kind === 'none' ? null : said
  return (
    <p className={styles.sentence}>
      {again !== null && (
        <>
          It failed again <TimeText at={again} />
          {solvedBy === null ? '.' : ', after this got past it: '}
        </>
      )}
      {solvedBy !== null && <Solved solved={solvedBy} />}
      {solvedBy === null && again === null && state === 'open' && decision === null && (
        <>{tries.length === 0 ? 'Nothing was tried yet.' : 'Nothing that was tried got past it.'}</>
      )}
      {solvedBy === null && decision !== null && (
        <>
          {' '}
          {words[decision.decision.kind]} by {decision.by} <TimeText at={decision.at} />
          {decision.reason === null ? '' : `: ${decision.reason}`}
          {decision.decision.kind === 'muted' && (
            <Until more={decision.decision.more} until={decision.decision.until} />
          )}
          .
        </>
      )}
    </p>
  )
}

const words = {
  none: '',
  open: 'Reopened',
  resolved: 'Said to be resolved',
  muted: 'Muted',
} as const

function Solved({ solved }: { readonly solved: ErrorTry }) {
  const { kind, goesOn, edited, observedAt } = solved
  const how = kind === 'fork' ? 'fork' : edited ? 'edit and resume of' : `${kind} of`
  return (
    <>
      Resolved by {how} <a href={encodeRoute(runRoute(goesOn))}>{goesOn}</a>{' '}
      <TimeText at={observedAt} />.
    </>
  )
}

type UntilProps = { readonly more: number | null; readonly until: string | null }

function Until({ more, until }: UntilProps) {
  if (more === null && until === null) return <>, until somebody reopens it</>
  return (
    <>
      , until {more !== null && `${formatCount(more)} more fail alike`}
      {more !== null && until !== null && ' or '}
      {until !== null && <TimeText at={until} mode="utc" />}
    </>
  )
}
