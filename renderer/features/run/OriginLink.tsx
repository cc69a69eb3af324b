import type { Origin } from '../../../shared/schema/origin.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'

export type OriginLinkProps = { readonly origin: Origin }

/** The document of another engine that a run was made of, as it was then. */
export function OriginLink({ origin }: OriginLinkProps) {
  const { format, document, item, digest } = origin
  const route = runRoute(document, format)
  return (
    <span title={`As it was with the digest ${digest}`}>
      <a href={encodeRoute(item === null ? route : { ...route, item })}>{document}</a>
      {item !== null && `, run ${item}`} ({format})
    </span>
  )
}
