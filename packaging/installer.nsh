; What the installer for Windows does beyond electron-builder's own script, in the registry of the user who installs.
; Recordings are .json: the app joins "Open with" and leaves the default to whatever it was.

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Steadypen.Recording" "" "Pen recording"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Steadypen.Recording\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Steadypen.Recording\shell\open\command" "" '"$appExe" "%1"'
  WriteRegNone SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "Steadypen.Recording"
  System::Call 'Shell32::SHChangeNotify(i 0x8000000, i 0, i 0, i 0)'
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "Steadypen.Recording"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Steadypen.Recording"
  System::Call 'Shell32::SHChangeNotify(i 0x8000000, i 0, i 0, i 0)'
!macroend
