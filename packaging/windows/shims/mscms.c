/* Stands for Windows' colour management, of which Wine 10 has stubs that end the process. Every call says "failed".
   Laid into a Wine prefix by `make msi-check`; never shipped. */
#include <windows.h>
#undef OUT
#define OUT __declspec(dllexport)
OUT HANDLE WINAPI OpenColorProfileW(void *p, DWORD a, DWORD b, DWORD c) { (void)p, (void)a, (void)b, (void)c; return NULL; }
OUT HANDLE WINAPI OpenColorProfileA(void *p, DWORD a, DWORD b, DWORD c) { (void)p, (void)a, (void)b, (void)c; return NULL; }
OUT BOOL WINAPI CloseColorProfile(HANDLE h) { (void)h; return FALSE; }
OUT BOOL WINAPI GetColorProfileFromHandle(HANDLE h, void *b, DWORD *s) { (void)h, (void)b, (void)s; return FALSE; }
OUT HANDLE WINAPI WcsOpenColorProfileW(void *a, void *b, void *c, DWORD d, DWORD e, DWORD f, DWORD g) {
  (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g;
  return NULL;
}
OUT HANDLE WINAPI WcsCreateIccProfile(HANDLE h, DWORD o) { (void)h, (void)o; return NULL; }
OUT BOOL WINAPI GetColorDirectoryW(void *a, void *b, void *c) { (void)a, (void)b, (void)c; return FALSE; }
OUT BOOL WINAPI GetColorDirectoryA(void *a, void *b, void *c) { (void)a, (void)b, (void)c; return FALSE; }
OUT BOOL WINAPI WcsGetDefaultColorProfile(DWORD a, void *b, DWORD c, DWORD d, DWORD e, DWORD f, void *g) {
  (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g;
  return FALSE;
}
OUT BOOL WINAPI WcsGetDefaultColorProfileSize(DWORD a, void *b, DWORD c, DWORD d, DWORD e, void *f) {
  (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
  return FALSE;
}
OUT BOOL WINAPI WcsGetUsePerUserProfiles(void *a, DWORD b, void *c) { (void)a, (void)b, (void)c; return FALSE; }
OUT BOOL WINAPI GetStandardColorSpaceProfileW(void *a, DWORD b, void *c, void *d) { (void)a, (void)b, (void)c, (void)d; return FALSE; }
