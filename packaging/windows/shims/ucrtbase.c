/* The parts of complex numbers that Wine 10's C library names and does not have; NumPy calls them as it is loaded.
   All else is handed on to Wine's own library, renamed. Laid into a Wine prefix by `make msi-check`; never shipped. */
typedef struct { float real, imaginary; } one;
typedef struct { double real, imaginary; } two;
float shim_crealf(one z) { return z.real; }
float shim_cimagf(one z) { return z.imaginary; }
double shim_creal(two z) { return z.real; }
double shim_cimag(two z) { return z.imaginary; }
