/* money: recognizes money. */
#include "analysis.h"

bool recognize_money(analysis *a) {
    (void)a;
    return true;
}
