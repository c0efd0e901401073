/* place: recognizes places. */
#include "analysis.h"

bool recognize_places(analysis *a) {
    (void)a;
    return true;
}
