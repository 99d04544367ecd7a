/* Stands for Windows' own icuuc.dll, which Wine 10 lacks and Qt links. Every converter is "not there".
   Laid into a Wine prefix by `make msi-check`; never shipped. */
#undef OUT
#define OUT __declspec(dllexport)
enum { NOT_FOUND = 4 }; /* U_FILE_ACCESS_ERROR */
OUT void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = NOT_FOUND; return 0; }
OUT const char *ucnv_getName(void *converter, int *error) { (void)converter; if (error) *error = NOT_FOUND; return 0; }
OUT signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
OUT const char *ucnv_getStandardName(void) { return 0; }
OUT const char *ucnv_getAvailableName(int at) { (void)at; return 0; }
OUT int ucnv_countAvailable(void) { return 0; }
OUT int ucnv_toUCountPending(void) { return 0; }
OUT int ucnv_fromUCountPending(void) { return 0; }
OUT void ucnv_close(void) {}
OUT void ucnv_reset(void) {}
OUT void ucnv_toUnicode(void) {}
OUT void ucnv_fromUnicode(void) {}
OUT void ucnv_getToUCallBack(void) {}
OUT void ucnv_getFromUCallBack(void) {}
OUT void ucnv_setToUCallBack(void) {}
OUT void ucnv_setFromUCallBack(void) {}
OUT void ucnv_cbToUWriteUChars(void) {}
OUT void ucnv_cbFromUWriteUChars(void) {}
OUT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
OUT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
