/** Why nothing runs in a workspace that nobody has trusted yet. How that is done differs: a screen says what to press, a terminal what to type. */
export const untrustedProblem = 'This workspace is not trusted, so nothing in it is executed.'
