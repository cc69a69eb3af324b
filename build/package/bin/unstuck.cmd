@rem The command line that the package of Unstuck brings along, under the Node of the package.
@"%~dp0..\node\node.exe" "%~dp0..\command\cli\unstuck.js" %*
