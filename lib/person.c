/* person: recognizes persons. */
#include "analysis.h"

bool recognize_persons(analysis *a) {
    (void)a;
    return true;
}
