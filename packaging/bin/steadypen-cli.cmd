@echo off
rem Steadypen on the command line, from the installed app: steadypen-cli screen scan.png
rem start /wait holds the console until the app has ended.
start "" /b /wait "%~dp0..\..\Steadypen.exe" --cli -- %*
exit /b %errorlevel%
