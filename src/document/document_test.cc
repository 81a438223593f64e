// SPDX-License-Identifier: Apache-2.0
#include "dragoman/record.h"
