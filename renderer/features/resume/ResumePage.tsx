import { useWorkspace } from '../../state/useWorkspace.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { ResumeScreen } from './ResumeScreen.tsx'

export type ResumePageProps = {
  readonly document: string
  readonly from: string | null
  /** The step that is to be decided about; it is shown first. */
  readonly step: string | null
}

/** The plan of a resume before anything runs, the request, and what was then observed. */
export function ResumePage({ document, from, step }: ResumePageProps) {
  const workspace = useWorkspace()
  if (workspace === null) return <Spinner label="Opening the workspace" />
  return <ResumeScreen workspace={workspace} document={document} from={from} step={step} />
}
