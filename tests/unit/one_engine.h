/* The engine that all tests of a program share: cmocka_run_group_tests(tests, make_engine, drop_engine). */
#ifndef VNX_TEST_ONE_ENGINE_H
#define VNX_TEST_ONE_ENGINE_H

#include "vnextract.h"

static vnx_engine *engine;

static int make_engine(void **state) {
    (void)state;
    return vnx_engine_new(&engine, NULL, NULL) == VNX_OK ? 0 : 1;
}

static int drop_engine(void **state) {
    (void)state;
    vnx_engine_free(engine);
    return 0;
}

#endif
