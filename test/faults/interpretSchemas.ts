// Before any schema is made: each is interpreted, not compiled at its first use, which takes longer than a host lives
// that is killed. What a schema takes and refuses is the same.
import { config } from 'zod'

config({ jitless: true })
