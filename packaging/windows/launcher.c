/* How Tirai starts on Windows: python313.dll from this program's own folder, with the options that the program needs.

   Two programs are built from it: tirai.exe (a console program, for commands) and tirai-console.exe (without a console
   window, for the menu and the login). Invariants: no library is looked for in the current folder or in PATH; Python
   reads no variable and no folder of the person's own (-I); nothing is run but the module `app` of this folder. */
#include <windows.h>
#include <wchar.h>

#define LONGEST 32768
#define PYTHON L"" PYTHON_DLL

typedef int (*py_main)(int, wchar_t **);

static int refuse(int code, const wchar_t *sentence) {
#ifdef WITHOUT_CONSOLE
  MessageBoxW(NULL, sentence, L"Tirai", MB_ICONERROR | MB_OK);
#else
  DWORD written;
  WriteConsoleW(GetStdHandle(STD_ERROR_HANDLE), sentence, (DWORD)wcslen(sentence), &written, NULL);
#endif
  return code;
}

static int start(int count, wchar_t **words) {
  static wchar_t place[LONGEST];
  HMODULE python;
  py_main run;
  wchar_t **all, *name;
  DWORD length;
  int i;

  SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_APPLICATION_DIR | LOAD_LIBRARY_SEARCH_USER_DIRS);
  SetDllDirectoryW(L"");
  length = GetModuleFileNameW(NULL, place, LONGEST);
  if (!length || length >= LONGEST - 32) return refuse(90, L"Tirai lies in a folder whose name is too long.\n");
  name = wcsrchr(place, L'\\');
  if (!name) return refuse(91, L"Tirai does not find its own folder.\n");
  wcscpy(name + 1, PYTHON);
  python = LoadLibraryExW(place, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (!python) return refuse(92, L"Tirai's own " PYTHON L" is missing or broken. Tell IT: repair the installation.\n");
  run = (py_main)(void *)GetProcAddress(python, "Py_Main");
  if (!run) return refuse(93, L"Tirai's own " PYTHON L" is of another version. Tell IT: repair the installation.\n");
  all = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(wchar_t *) * (count + 10));
  if (!all) return refuse(94, L"This system gives Tirai no memory; close programs.\n");
  all[0] = words[0];
  all[1] = L"-I";
  all[2] = L"-B";
  all[3] = L"-X";
  all[4] = L"tirai_launcher";
  all[5] = L"-X";
  all[6] = L"utf8";
  all[7] = L"-m";
  all[8] = L"app";
  for (i = 1; i < count; i++) all[8 + i] = words[i];
  return run(count + 8, all);
}

#ifdef WITHOUT_CONSOLE
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, LPWSTR line, int show) {
  (void)self, (void)before, (void)line, (void)show;
  return start(__argc, __wargv);
}
#else
int wmain(int count, wchar_t **words) { return start(count, words); }
#endif
