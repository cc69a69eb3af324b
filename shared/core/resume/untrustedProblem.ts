/** Why nothing runs in a workspace that nobody has trusted yet; a screen that shows the way to trust it says so itself. */
export const untrustedProblem =
  'This workspace is not trusted, so nothing in it is executed. Trust it in the application, or add --trust.'
