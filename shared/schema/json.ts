import { z } from 'zod'

/** Any JSON value of a native document. Foreign documents keep their lexemes and never pass through this type. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export const Json: z.ZodType<Json> = z.json()

/** ISO 8601, UTC, milliseconds: `2026-01-02T03:04:05.678Z`. */
export const Timestamp = z.iso.datetime({ precision: 3 })
export type Timestamp = z.infer<typeof Timestamp>
