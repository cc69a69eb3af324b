// The package for graphs of LangGraph.js: a checkpointer that keeps their threads in a workspace.
export { AppError, type ErrorCode } from '../shared/errors.ts'
export type { UnstuckSaverOptions } from './langgraph/openThreads.ts'
export { UnstuckSaver } from './langgraph/unstuckSaver.ts'
