/* date: the day that a document speaks from, by the dates in its text. */
#ifndef VNX_DATE_H
#define VNX_DATE_H

#include "analysis.h"

/* "YYYY[-MM[-DD]]" in the results arena, or NULL where the text gives none. */
const char *document_date(analysis *a);
/* Is this "YYYY[-MM[-DD]]" with a real month and day? */
bool date_is_valid(const char *date);

#endif
