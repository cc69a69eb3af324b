// Imported before everything else: the host is dialled while the rest of the page is made, which takes longer than dialling.
import { dialHost } from './dialHost.ts'

/** Null in the desktop application, which has a pipe. */
export const firstConnection = window.unstuck ? null : dialHost(window)(null)
